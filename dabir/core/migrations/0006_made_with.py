from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_public_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='MadeWith',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made', models.CharField(max_length=40, unique=True, verbose_name='what is made from the records')),
                ('mark', models.CharField(max_length=64, verbose_name='mark of the program')),
            ],
            options={'verbose_name': 'what an index was made with'},
        ),
    ]
